# A map: the key is the name, and a value comes with it. It can grow, to a quota for each name, say.

variable "mailboxes" {
  type = list(string)
}

locals {
  addresses = { for name in distinct(var.mailboxes) : name => "${name}@example.com" }
}

resource "terraform_data" "mailbox" {
  for_each = local.addresses
  input    = each.value
}

output "addresses" {
  value = local.addresses
}
