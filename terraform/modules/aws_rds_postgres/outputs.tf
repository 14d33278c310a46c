output "endpoint" {
  description = "Host name to connect to."
  value       = aws_db_instance.this.address
}

output "port" {
  description = "Port to connect to."
  value       = aws_db_instance.this.port
}

output "db_name" {
  description = "Name of the database that is there from the start."
  value       = aws_db_instance.this.db_name
}

output "secret_arn" {
  description = "ARN of the secret with user name and password, in Secrets Manager."
  value       = one(aws_db_instance.this.master_user_secret[*].secret_arn)
}
