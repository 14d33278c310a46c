output "manifest" {
  description = "What the app environment consists of."
  value       = terraform_data.manifest.output
}

output "endpoints" {
  description = "Address of every service by its name."
  value       = { for name, service in terraform_data.service : name => service.output.endpoint }
}

output "revision" {
  description = "Twelve characters that change whenever the manifest does."
  value       = substr(sha256(jsonencode(local.manifest)), 0, 12)
}
