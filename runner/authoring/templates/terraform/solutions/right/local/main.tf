variable "person" {
  description = "Whose mailbox it is."
  type        = string
}

# One name for a text that is used twice.
locals {
  address = "${var.person}@example.com"
}

resource "terraform_data" "mailbox" {
  input = local.address
}

output "address" {
  value = local.address
}
