output "subnets" {
  description = "Public and private range of every zone, by the zone's letter."
  value       = terraform_data.plan.output.subnets
}

output "free" {
  description = "Blocks that are neither used nor reserved."
  value       = terraform_data.plan.output.free
}
