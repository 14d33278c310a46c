# Nodes run as an account that may write logs and metrics and no more. The project's default account,
# which they would take otherwise, may do nearly everything.
resource "google_service_account" "nodes" {
  project = var.project_id
  # At most 30 characters, one for each cluster of each region.
  account_id   = "${substr(var.name, 0, 21)}-${substr(sha256("gke/${var.region}/${var.name}"), 0, 8)}"
  display_name = "GKE nodes ${var.name}"
  description  = "What the nodes of the cluster ${var.name} in ${var.region} run as."
}

resource "google_project_iam_member" "nodes" {
  project = var.project_id
  role    = "roles/container.defaultNodeServiceAccount"
  member  = "serviceAccount:${google_service_account.nodes.email}"
}

resource "google_container_cluster" "this" {
  project             = var.project_id
  location            = var.region
  name                = var.name
  enable_autopilot    = true
  deletion_protection = var.deletion_protection

  network    = var.network_id
  subnetwork = var.subnet_id

  resource_labels = merge(var.labels, { name = var.name })

  release_channel {
    channel = var.release_channel
  }

  cluster_autoscaling {
    auto_provisioning_defaults {
      service_account = google_service_account.nodes.email
    }
  }

  dynamic "ip_allocation_policy" {
    for_each = var.pods_range == null ? [] : [1]

    content {
      cluster_secondary_range_name  = var.pods_range
      services_secondary_range_name = var.services_range
    }
  }

  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = var.private
  }

  # Always there: without it every address may try a public control plane.
  master_authorized_networks_config {
    gcp_public_cidrs_access_enabled = false

    dynamic "cidr_blocks" {
      for_each = toset(var.authorized_cidrs)

      content {
        cidr_block = cidr_blocks.value
      }
    }
  }

  # Nodes that start without the role cannot report, and the cluster is called unhealthy.
  depends_on = [google_project_iam_member.nodes]
}
