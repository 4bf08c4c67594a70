variable "mailboxes" {
  type = list(string)
}

resource "terraform_data" "mailbox" {
  for_each = toset(var.mailboxes)
  input    = "${each.key}@example.com"
}

output "addresses" {
  value = values(terraform_data.mailbox)[*].output
}
