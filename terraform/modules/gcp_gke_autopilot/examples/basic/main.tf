variable "project_id" {
  type        = string
  description = "Google Cloud project that the example is made in."
  default     = "example-project"
}

provider "google" {
  project = var.project_id
  region  = "asia-northeast3"
}

# What gcp_network makes of a subnet with two secondary ranges.
resource "google_compute_network" "example" {
  name                    = "shop-stg"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "apps" {
  name                     = "shop-stg-apps"
  region                   = "asia-northeast3"
  network                  = google_compute_network.example.id
  ip_cidr_range            = "10.10.0.0/20"
  private_ip_google_access = true

  secondary_ip_range {
    range_name    = "pods"
    ip_cidr_range = "10.64.0.0/14"
  }

  secondary_ip_range {
    range_name    = "services"
    ip_cidr_range = "10.96.0.0/20"
  }
}

module "cluster" {
  source = "../.."

  project_id       = var.project_id
  region           = "asia-northeast3"
  name             = "shop-stg"
  network_id       = google_compute_network.example.id
  subnet_id        = google_compute_subnetwork.apps.id
  pods_range       = "pods"
  services_range   = "services"
  authorized_cidrs = ["10.200.0.0/24"]
  labels           = { team = "payments" }

  # An example must be able to go again.
  deletion_protection = false
}

output "endpoint" {
  description = "Address of the control plane."
  value       = module.cluster.endpoint
}
