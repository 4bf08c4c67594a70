# Names are made in one place, locals; Terraform reads all .tf files of the folder as one configuration.

variable "environment" {
  type = string
}

variable "replicas" {
  type = number
}

locals {
  name    = format("shop-%s", var.environment)
  address = join(".", [var.environment, "shop", "example", "com"])
}

resource "terraform_data" "service" {
  input = {
    name     = local.name
    replicas = var.replicas
    address  = local.address
  }
}
