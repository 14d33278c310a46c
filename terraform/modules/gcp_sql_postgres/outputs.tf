output "connection_name" {
  description = "Name by which Cloud SQL's connectors find the instance, as project:region:name."
  value       = google_sql_database_instance.this.connection_name
}

output "private_ip" {
  description = "Address of the instance in the network; it listens on port 5432."
  value       = google_sql_database_instance.this.private_ip_address
}

output "db_name" {
  description = "Name of the database in it."
  value       = google_sql_database.this.name
}
