variable "mailboxes" {
  type = list(string)
}

resource "terraform_data" "mailbox_ana" {
  input = "ana@example.com"
}

resource "terraform_data" "mailbox_ben" {
  input = "ben@example.com"
}

resource "terraform_data" "mailbox_cleo" {
  input = "cleo@example.com"
}

output "addresses" {
  value = {
    ana  = terraform_data.mailbox_ana.output
    ben  = terraform_data.mailbox_ben.output
    cleo = terraform_data.mailbox_cleo.output
  }
}
