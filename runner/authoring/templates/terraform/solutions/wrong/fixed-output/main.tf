variable "person" {
  type = string
}

resource "terraform_data" "mailbox" {
  input = "${var.person}@example.com"
}

output "address" {
  value = "somebody@example.com"
}
