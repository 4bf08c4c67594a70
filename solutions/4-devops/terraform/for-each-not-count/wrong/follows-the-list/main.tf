variable "mailboxes" {
  type = list(string)
}

resource "terraform_data" "mailbox" {
  for_each         = toset(var.mailboxes)
  input            = "${each.key}@example.com"
  triggers_replace = var.mailboxes
}

output "addresses" {
  value = { for name, mailbox in terraform_data.mailbox : name => mailbox.output }
}
