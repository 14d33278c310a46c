output "instance_id" {
  description = "Id of the server."
  value       = aws_instance.this.id
}

output "private_ip" {
  description = "Its address inside the network."
  value       = aws_instance.this.private_ip
}

output "security_group_id" {
  description = "Id of its security group, for others that should let it in."
  value       = aws_security_group.this.id
}
