variable "person" {
  description = "Whose mailbox it is."
  type        = string
}

resource "terraform_data" "mailbox" {
  input = "${var.person}@example.com"
}

# The output follows the resource, so it is right also where the input is changed later.
output "address" {
  value = terraform_data.mailbox.output
}
