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
resource "google_service_account" "reader" {
  account_id = "shop-reader"
}

module "bucket" {
  source = "../.."

  project_id  = var.project_id
  name        = "${var.project_id}-uploads"
  location    = "asia-northeast3"
  expire_days = 90
  viewers     = ["serviceAccount:shop-reader@${var.project_id}.iam.gserviceaccount.com"]
  labels      = { team = "payments" }

  depends_on = [google_service_account.reader]
}

output "url" {
  description = "Address of the bucket."
  value       = module.bucket.url
}
