# A set: the key is the name, and holds it once. Enough while a name is all that there is to know.

variable "mailboxes" {
  type = list(string)
}

resource "terraform_data" "mailbox" {
  for_each = toset(var.mailboxes)
  input    = "${each.key}@example.com"
}

output "addresses" {
  value = { for name, mailbox in terraform_data.mailbox : name => mailbox.output }
}
