variable "project_id" {
  type        = string
  description = "Google Cloud project that the example is made in."
  default     = "example-project"
}

provider "google" {
  project = var.project_id
  region  = "asia-northeast3"
}

# What gcp_network makes with private_services = true.
resource "google_compute_network" "example" {
  name                    = "shop-stg"
  auto_create_subnetworks = false
}

resource "google_compute_global_address" "services" {
  name          = "shop-stg-services"
  network       = google_compute_network.example.id
  purpose       = "VPC_PEERING"
  address_type  = "INTERNAL"
  prefix_length = 16
}

resource "google_service_networking_connection" "services" {
  network                 = google_compute_network.example.id
  service                 = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.services.name]
  # Google keeps the connection for days after the database is gone.
  deletion_policy         = "ABANDON"
  update_on_creation_fail = true
}

# Google refuses members that do not exist. Written out below, because what for_each goes over must be
# known before the account is there.
resource "google_service_account" "api" {
  account_id = "shop-api"
}

module "database" {
  source = "../.."

  project_id  = var.project_id
  region      = "asia-northeast3"
  name        = "shop-stg"
  network_id  = google_compute_network.example.id
  tier        = "db-custom-1-3840"
  disk_gb     = 20
  backup_days = 14
  iam_users   = ["shop-api@${var.project_id}.iam.gserviceaccount.com"]
  labels      = { team = "payments" }

  # An example must be able to go again.
  deletion_protection = false

  depends_on = [google_service_networking_connection.services, google_service_account.api]
}

output "connection_name" {
  description = "Name by which connectors find the instance."
  value       = module.database.connection_name
}
