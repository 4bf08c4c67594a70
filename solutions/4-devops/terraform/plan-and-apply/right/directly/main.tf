# The outputs repeat the texts from the variables: short, and known before the apply.

variable "environment" {
  type = string
}

variable "replicas" {
  type = number
}

resource "terraform_data" "service" {
  input = {
    name     = "shop-${var.environment}"
    replicas = var.replicas
  }
}

output "address" {
  value = "${var.environment}.shop.example.com"
}

output "id" {
  value = terraform_data.service.id
}
