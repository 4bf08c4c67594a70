variable "mailboxes" {
  type = list(string)
}

locals {
  names = sort(distinct(var.mailboxes))
}

resource "terraform_data" "mailbox" {
  count = length(local.names)
  input = "${local.names[count.index]}@example.com"
}

output "addresses" {
  value = { for name in local.names : name => "${name}@example.com" }
}
