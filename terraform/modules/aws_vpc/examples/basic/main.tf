provider "aws" {
  region = "ap-northeast-2"
}

module "network" {
  source = "../.."

  name      = "shop-stg"
  cidr      = "10.20.0.0/16"
  az_count  = 2
  nat_mode  = "single"
  flow_logs = true
  tags      = { team = "payments" }
}

output "vpc_id" {
  description = "Id of the network."
  value       = module.network.vpc_id
}

output "private_subnet_ids" {
  description = "Where workloads go."
  value       = module.network.private_subnet_ids
}
