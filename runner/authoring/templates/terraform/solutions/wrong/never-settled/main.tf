variable "person" {
  type = string
}

resource "terraform_data" "mailbox" {
  input            = "${var.person}@example.com"
  triggers_replace = timestamp()
}

output "address" {
  value = "${var.person}@example.com"
}
