mock_provider "google" {}

variables {
  project_id = "example-project"
  region     = "asia-northeast3"
  name       = "shop-stg"
}

run "smallest_request_makes_one_closed_subnet" {
  command = plan

  assert {
    condition     = google_compute_network.this.auto_create_subnetworks == false && keys(google_compute_subnetwork.this) == ["main"]
    error_message = "The network has the one default subnet and none that Google adds."
  }

  assert {
    condition     = google_compute_subnetwork.this["main"].name == "shop-stg-main" && google_compute_subnetwork.this["main"].region == "asia-northeast3" && google_compute_subnetwork.this["main"].private_ip_google_access
    error_message = "The subnet lies in the region asked for and reaches Google's APIs privately."
  }

  assert {
    condition     = length(google_compute_firewall.iap_ssh) == 0 && length(google_compute_router_nat.this) == 0 && length(google_compute_subnetwork.this["main"].log_config) == 0 && length(google_service_networking_connection.services) == 0
    error_message = "Nothing is opened, recorded or billed unasked."
  }
}

run "nat_serves_each_region_once" {
  command = plan

  variables {
    nat = true
    subnets = [
      { name = "apps", cidr = "10.10.0.0/20" },
      { name = "data", cidr = "10.10.16.0/20" },
      { name = "backup", cidr = "10.10.32.0/20", region = "asia-northeast1" },
    ]
  }

  assert {
    condition     = keys(google_compute_router_nat.this) == ["asia-northeast1", "asia-northeast3"]
    error_message = "Each region of the network has one NAT."
  }

  assert {
    condition     = google_compute_router_nat.this["asia-northeast1"].router == "shop-stg-asia-northeast1"
    error_message = "The NAT stands on the router of its region."
  }
}

run "ssh_comes_from_the_proxy_only" {
  command = plan

  variables {
    allow_iap_ssh = true
  }

  assert {
    condition     = google_compute_firewall.iap_ssh[0].source_ranges == toset(["35.235.240.0/20"]) && one(google_compute_firewall.iap_ssh[0].allow).ports == tolist(["22"])
    error_message = "Only Identity-Aware Proxy reaches port 22."
  }
}

run "private_services_reserve_a_range_of_the_network" {
  command = apply

  variables {
    private_services = true
  }

  assert {
    condition     = google_compute_global_address.services[0].purpose == "VPC_PEERING" && google_compute_global_address.services[0].address_type == "INTERNAL"
    error_message = "The reserved range is an internal one for peering."
  }

  assert {
    condition     = google_service_networking_connection.services[0].reserved_peering_ranges == tolist(["shop-stg-services"])
    error_message = "Google's services live in the reserved range."
  }

  assert {
    condition     = google_service_networking_connection.services[0].deletion_policy == "ABANDON" && google_service_networking_connection.services[0].update_on_creation_fail
    error_message = "Google refuses to delete the connection for days after its last database, and keeps it for the next network of the name."
  }
}

run "outputs_tell_ids_and_ranges_by_name" {
  command = apply

  variables {
    flow_logs = true
    subnets = [{
      name      = "apps"
      cidr      = "10.10.0.0/20"
      secondary = [{ name = "pods", cidr = "10.64.0.0/14" }, { name = "services", cidr = "10.96.0.0/20" }]
    }]
  }

  assert {
    condition     = output.network_id == google_compute_network.this.id && output.subnet_ids == { apps = google_compute_subnetwork.this["apps"].id }
    error_message = "Ids are told by the names that were asked for."
  }

  assert {
    condition     = output.subnet_ranges.apps.cidr == "10.10.0.0/20" && output.subnet_ranges.apps.secondary == { pods = "10.64.0.0/14", services = "10.96.0.0/20" }
    error_message = "Secondary ranges are told by their names."
  }

  assert {
    condition     = google_compute_subnetwork.this["apps"].log_config[0].flow_sampling == 0.5
    error_message = "Half of the connections are recorded."
  }
}
