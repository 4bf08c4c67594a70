variable "mailboxes" {
  type = list(string)
}

resource "terraform_data" "mailbox" {
  for_each = { for name in var.mailboxes : name => "${name}@example.com" }
  input    = each.value
}

output "addresses" {
  value = { for name, mailbox in terraform_data.mailbox : name => mailbox.output }
}
