output "network_id" {
  description = "Id of the network, as databases and clusters ask for it."
  value       = google_compute_network.this.id
  # Who gets the id may count on the services' connection.
  depends_on = [google_service_networking_connection.services]
}

output "subnet_ids" {
  description = "Id of every subnet by its name."
  value       = { for name, subnet in google_compute_subnetwork.this : name => subnet.id }
}

output "subnet_ranges" {
  description = "Range of every subnet by its name, with its secondary ranges by theirs."
  value = {
    for name, subnet in google_compute_subnetwork.this : name => {
      cidr      = subnet.ip_cidr_range
      secondary = { for range in subnet.secondary_ip_range : range.range_name => range.ip_cidr_range }
    }
  }
}
