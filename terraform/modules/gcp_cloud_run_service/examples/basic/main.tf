variable "project_id" {
  type        = string
  description = "Google Cloud project that the example is made in."
  default     = "example-project"
}

provider "google" {
  project = var.project_id
  region  = "asia-northeast3"
}

# Google refuses members that do not exist. Written out below, because what for_each goes over must be
# known before the account is there.
resource "google_service_account" "web" {
  account_id = "shop-web"
}

module "service" {
  source = "../.."

  project_id = var.project_id
  region     = "asia-northeast3"
  name       = "shop-api"
  memory     = "1Gi"
  scaling    = { min = 1, max = 5 }
  env        = { LOG_LEVEL = "info", REGION = "asia-northeast3" }
  invokers   = ["serviceAccount:shop-web@${var.project_id}.iam.gserviceaccount.com"]
  labels     = { team = "payments" }

  depends_on = [google_service_account.web]
}

output "uri" {
  description = "Address of the service."
  value       = module.service.uri
}
