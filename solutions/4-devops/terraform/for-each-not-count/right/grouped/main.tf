# Three dots gather what has the same key; the key may also be another text that only this name has.

variable "mailboxes" {
  type = list(string)
}

locals {
  people = { for name in var.mailboxes : "box-${name}" => name... }
}

resource "terraform_data" "mailbox" {
  for_each = local.people
  input    = "${each.value[0]}@example.com"
}

output "addresses" {
  value = zipmap(
    [for people in local.people : people[0]],
    [for key, _ in local.people : terraform_data.mailbox[key].output],
  )
}
