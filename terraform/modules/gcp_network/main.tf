locals {
  subnets = { for subnet in var.subnets : subnet.name => merge(subnet, { region = coalesce(subnet.region, var.region) }) }
  regions = toset([for subnet in local.subnets : subnet.region])
}

# Without rules of its own a network refuses all that comes in; none is made here unasked.
resource "google_compute_network" "this" {
  project                 = var.project_id
  name                    = var.name
  auto_create_subnetworks = false
  routing_mode            = "REGIONAL"
}

resource "google_compute_subnetwork" "this" {
  for_each = local.subnets

  project                  = var.project_id
  region                   = each.value.region
  name                     = "${var.name}-${each.key}"
  network                  = google_compute_network.this.id
  ip_cidr_range            = each.value.cidr
  private_ip_google_access = true

  # In the order given, which is the order that the API keeps. An empty list leaves alone what is
  # there: GKE adds ranges of its own to a subnet that has none for it.
  dynamic "secondary_ip_range" {
    for_each = each.value.secondary

    content {
      range_name    = secondary_ip_range.value.name
      ip_cidr_range = secondary_ip_range.value.cidr
    }
  }

  dynamic "log_config" {
    for_each = var.flow_logs ? [1] : []

    content {
      aggregation_interval = "INTERVAL_5_MIN"
      flow_sampling        = 0.5
      metadata             = "INCLUDE_ALL_METADATA"
    }
  }
}

resource "google_compute_router" "nat" {
  for_each = var.nat ? local.regions : []

  project = var.project_id
  region  = each.key
  name    = "${var.name}-${each.key}"
  network = google_compute_network.this.id
}

resource "google_compute_router_nat" "this" {
  for_each = google_compute_router.nat

  project                            = var.project_id
  region                             = each.key
  name                               = "${var.name}-${each.key}"
  router                             = each.value.name
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"

  log_config {
    enable = true
    filter = "ERRORS_ONLY"
  }
}

resource "google_compute_firewall" "iap_ssh" {
  count = var.allow_iap_ssh ? 1 : 0

  project     = var.project_id
  name        = "${var.name}-iap-ssh"
  description = "SSH from Identity-Aware Proxy only; who may use it is said in IAM."
  network     = google_compute_network.this.id
  direction   = "INGRESS"
  # The range that Identity-Aware Proxy forwards from.
  source_ranges = ["35.235.240.0/20"]

  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

# Google picks a part of the address space that nothing in the network uses.
resource "google_compute_global_address" "services" {
  count = var.private_services ? 1 : 0

  project       = var.project_id
  name          = "${var.name}-services"
  network       = google_compute_network.this.id
  purpose       = "VPC_PEERING"
  address_type  = "INTERNAL"
  prefix_length = 16
}

resource "google_service_networking_connection" "services" {
  count = var.private_services ? 1 : 0

  network                 = google_compute_network.this.id
  service                 = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.services[0].name]

  # Google holds on to a deleted database for days and keeps the connection as long. So it is left to
  # go with its network; one that was left under the same name before is taken over.
  deletion_policy         = "ABANDON"
  update_on_creation_fail = true
}
