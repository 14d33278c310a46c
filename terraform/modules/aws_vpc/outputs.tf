output "vpc_id" {
  description = "Id of the network."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Ids of the subnets with a route to the internet, in the order of their zones."
  value       = [for zone in local.zones : aws_subnet.public[zone].id]
}

output "private_subnet_ids" {
  description = "Ids of the subnets without a route from the internet, in the order of their zones."
  value       = [for zone in local.zones : aws_subnet.private[zone].id]
}

output "nat_public_ips" {
  description = "Public addresses that connections from private subnets come from; empty without NAT."
  value       = [for zone in local.nat_zones : aws_eip.nat[zone].public_ip]
}
