output "cluster_name" {
  description = "Name of the cluster, for gcloud container clusters get-credentials."
  value       = google_container_cluster.this.name
}

output "endpoint" {
  description = "Address of the control plane."
  value       = google_container_cluster.this.endpoint
}

output "ca" {
  description = "Certificate of the cluster's authority in base64, by which clients know the control plane."
  value       = one(google_container_cluster.this.master_auth[*].cluster_ca_certificate)
}
