provider "google" {
  project = "example-project"
  region  = "asia-northeast3"
}

module "service" {
  source = "../.."

  project_id = "example-project"
  region     = "asia-northeast3"
  name       = "shop-api"
  image      = "asia-northeast3-docker.pkg.dev/example-project/shop/api:1.4.0"
  memory     = "1Gi"
  scaling    = { min = 1, max = 5 }
  env        = { LOG_LEVEL = "info", REGION = "asia-northeast3" }
  invokers   = ["serviceAccount:shop-web@example-project.iam.gserviceaccount.com"]
  labels     = { team = "payments" }
}

output "uri" {
  description = "Address of the service."
  value       = module.service.uri
}
