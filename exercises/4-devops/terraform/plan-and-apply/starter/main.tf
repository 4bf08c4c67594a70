variable "environment" {
  description = "Where the service runs, such as test or production."
  type        = string
}

variable "replicas" {
  description = "How many copies of the service run."
  type        = number
}

# TODO(learn): describe the service, as the resource terraform_data.service.

output "address" {
  value = "test.shop.example.com" # TODO(learn): follow the environment.
}

# TODO(learn): add the output id.
