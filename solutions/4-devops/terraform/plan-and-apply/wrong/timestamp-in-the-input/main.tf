variable "environment" {
  type = string
}

variable "replicas" {
  type = number
}

resource "terraform_data" "service" {
  input = {
    name        = "shop-${var.environment}"
    replicas    = var.replicas
    deployed_at = timestamp()
  }
}

output "address" {
  value = "${var.environment}.shop.example.com"
}

output "id" {
  value = terraform_data.service.id
}
