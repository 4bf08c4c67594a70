variable "mailboxes" {
  description = "Who gets a mailbox."
  type        = list(string)
}

# TODO(learn): let each mailbox be known by its name, not by its place.
resource "terraform_data" "mailbox" {
  count = length(var.mailboxes)
  input = "${var.mailboxes[count.index]}@example.com"
}

output "addresses" {
  # TODO(learn): a map from each name to its address.
  value = terraform_data.mailbox[*].output
}
