module "app_env" {
  source = "../.."

  name        = "shop"
  environment = "dev"
  owner       = "payments"
  services = [
    { name = "web", port = 8080, replicas = 2 },
    { name = "api", port = 9000 },
  ]
}

output "endpoints" {
  description = "Address of every service by its name."
  value       = module.app_env.endpoints
}
