variable "mailboxes" {
  type = list(string)
}

resource "terraform_data" "mailbox" {
  count = length(var.mailboxes)
  input = "${var.mailboxes[count.index]}@example.com"
}

output "addresses" {
  value = { for mailbox in terraform_data.mailbox : split("@", mailbox.output)[0] => mailbox.output }
}
