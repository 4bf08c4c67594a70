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
  value = uuid()
}
