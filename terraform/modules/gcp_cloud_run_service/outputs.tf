output "uri" {
  description = "Address of the service."
  value       = google_cloud_run_v2_service.this.uri
}

output "service_account" {
  description = "Address of the account that the service runs as; grant it what the service needs."
  value       = google_service_account.this.email
}
