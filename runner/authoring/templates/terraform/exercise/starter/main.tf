variable "person" {
  description = "Whose mailbox it is."
  type        = string
}

# TODO(learn): describe the mailbox, as the resource terraform_data.mailbox

output "address" {
  value = "somebody@example.com" # TODO(learn): follow the person
}
