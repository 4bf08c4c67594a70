variable "person" {
  type = string
}

resource "terraform_data" "mailbox" {
  input = "ana@example.com"
}

output "address" {
  value = terraform_data.mailbox.output
}
