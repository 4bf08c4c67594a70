variable "mailboxes" {
  type = list(string)
}

resource "terraform_data" "mailbox" {
  for_each = { for place, name in distinct(var.mailboxes) : place => name }
  input    = "${each.value}@example.com"
}

output "addresses" {
  value = { for name in var.mailboxes : name => "${name}@example.com" }
}
