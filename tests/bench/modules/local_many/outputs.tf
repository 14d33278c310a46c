output "amount" {
  description = "How many resources there are."
  value       = length(terraform_data.one)
}
