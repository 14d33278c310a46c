mock_provider "google" {}

variables {
  project_id = "example-project"
  region     = "asia-northeast3"
  name       = "shop-stg"
  network_id = "projects/example-project/global/networks/shop-stg"
  subnet_id  = "projects/example-project/regions/asia-northeast3/subnetworks/shop-stg-main"
}

run "smallest_request_is_private_and_protected" {
  command = plan

  assert {
    condition     = google_container_cluster.this.enable_autopilot && google_container_cluster.this.location == "asia-northeast3"
    error_message = "It is an Autopilot cluster over the zones of the region."
  }

  assert {
    condition     = google_container_cluster.this.private_cluster_config[0].enable_private_nodes && google_container_cluster.this.private_cluster_config[0].enable_private_endpoint
    error_message = "Neither nodes nor control plane have a public address."
  }

  assert {
    condition     = length(google_container_cluster.this.master_authorized_networks_config) == 1 && length(google_container_cluster.this.master_authorized_networks_config[0].cidr_blocks) == 0 && google_container_cluster.this.master_authorized_networks_config[0].gcp_public_cidrs_access_enabled == false
    error_message = "Nobody but the cluster's own subnet reaches the control plane."
  }

  assert {
    condition     = google_container_cluster.this.deletion_protection && google_container_cluster.this.release_channel[0].channel == "REGULAR"
    error_message = "It is protected and follows the usual channel."
  }
}

run "nodes_run_as_an_account_of_their_own" {
  command = apply

  assert {
    condition     = google_container_cluster.this.cluster_autoscaling[0].auto_provisioning_defaults[0].service_account == google_service_account.nodes.email
    error_message = "Nodes do not run as the project's default account."
  }

  assert {
    condition     = google_project_iam_member.nodes.role == "roles/container.defaultNodeServiceAccount" && google_project_iam_member.nodes.member == "serviceAccount:${google_service_account.nodes.email}"
    error_message = "The account may write logs and metrics and no more."
  }

  assert {
    condition     = google_service_account.nodes.account_id == "shop-stg-851f3ebc"
    error_message = "The account carries the cluster's name, and keeps it: another one would replace the account."
  }
}

run "secondary_ranges_are_taken_by_name" {
  command = plan

  variables {
    pods_range     = "pods"
    services_range = "services"
  }

  assert {
    condition     = google_container_cluster.this.ip_allocation_policy[0].cluster_secondary_range_name == "pods" && google_container_cluster.this.ip_allocation_policy[0].services_secondary_range_name == "services"
    error_message = "Pods and services live in the subnet's ranges."
  }
}

run "public_control_plane_takes_named_ranges_only" {
  command = plan

  variables {
    private          = false
    authorized_cidrs = ["203.0.113.0/24", "198.51.100.7/32"]
  }

  assert {
    condition     = google_container_cluster.this.private_cluster_config[0].enable_private_endpoint == false && google_container_cluster.this.private_cluster_config[0].enable_private_nodes
    error_message = "Only the control plane is public; nodes stay private."
  }

  assert {
    condition     = toset([for each in google_container_cluster.this.master_authorized_networks_config[0].cidr_blocks : each.cidr_block]) == toset(["198.51.100.7/32", "203.0.113.0/24"])
    error_message = "The named ranges reach it and no others."
  }
}

run "outputs_tell_how_to_reach_it" {
  command = apply

  variables {
    labels = { team = "payments", name = "other" }
  }

  assert {
    condition     = output.cluster_name == "shop-stg" && output.endpoint == google_container_cluster.this.endpoint
    error_message = "The cluster is told by name and address."
  }

  assert {
    condition     = google_container_cluster.this.resource_labels == tomap({ team = "payments", name = "shop-stg" })
    error_message = "Labels are merged and the name wins."
  }
}
