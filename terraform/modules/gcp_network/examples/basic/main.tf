variable "project_id" {
  type        = string
  description = "Google Cloud project that the example is made in."
  default     = "example-project"
}

provider "google" {
  project = var.project_id
  region  = "asia-northeast3"
}

module "network" {
  source = "../.."

  project_id = var.project_id
  region     = "asia-northeast3"
  name       = "shop-stg"

  subnets = [
    {
      name = "apps"
      cidr = "10.10.0.0/20"
      secondary = [
        { name = "pods", cidr = "10.64.0.0/14" },
        { name = "services", cidr = "10.96.0.0/20" },
      ]
    },
    { name = "backup", cidr = "10.10.16.0/24", region = "asia-northeast1" },
  ]

  nat              = true
  flow_logs        = true
  allow_iap_ssh    = true
  private_services = true
}

output "network_id" {
  description = "Id of the network."
  value       = module.network.network_id
}

output "subnet_ranges" {
  description = "Ranges of its subnets."
  value       = module.network.subnet_ranges
}
