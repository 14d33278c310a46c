provider "aws" {
  region = "ap-northeast-2"
}

module "reports" {
  source = "../.."

  name            = "shop-reports-5f1c"
  noncurrent_days = 90
  tags            = { team = "payments" }
}

output "bucket" {
  description = "Name of the bucket."
  value       = module.reports.bucket
}
