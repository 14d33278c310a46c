provider "google" {
  project = "example-project"
  region  = "asia-northeast3"
}

module "bucket" {
  source = "../.."

  project_id  = "example-project"
  name        = "example-project-uploads"
  location    = "asia-northeast3"
  expire_days = 90
  viewers     = ["group:data@example.com", "serviceAccount:reader@example-project.iam.gserviceaccount.com"]
  labels      = { team = "payments" }
}

output "url" {
  description = "Address of the bucket."
  value       = module.bucket.url
}
