provider "aws" {
  region = "ap-northeast-2"
}

resource "aws_vpc" "example" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "example" {
  for_each = { ap-northeast-2a = "10.20.0.0/24", ap-northeast-2c = "10.20.1.0/24" }

  vpc_id            = aws_vpc.example.id
  availability_zone = each.key
  cidr_block        = each.value
}

module "cluster" {
  source = "../.."

  name       = "shop-eks"
  subnet_ids = [for subnet in aws_subnet.example : subnet.id]
  # Nobody enters before admin_role_arns lists roles of your account; EKS refuses any that does not exist.
  # The subnets of this example have no way out, and nodes without one never become ready.
  node_min     = 0
  node_desired = 0
  tags         = { team = "payments" }
}

output "endpoint" {
  description = "Address of the cluster's API."
  value       = module.cluster.endpoint
}
