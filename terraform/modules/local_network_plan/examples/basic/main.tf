module "plan" {
  source = "../.."

  name    = "shop"
  cidr    = "10.20.0.0/16"
  zones   = 3
  reserve = ["10.20.240.0/20"]
}

output "subnets" {
  description = "Public and private range of every zone."
  value       = module.plan.subnets
}
