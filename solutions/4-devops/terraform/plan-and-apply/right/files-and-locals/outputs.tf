# Asked of the resource, not of the input: the address is there only once the service is.
output "address" {
  value = terraform_data.service.output.address
}

output "id" {
  value = terraform_data.service.id
}
