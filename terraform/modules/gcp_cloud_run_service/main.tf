locals {
  # The whole world needs no second entry beside allUsers.
  invokers = toset(var.public ? ["allUsers"] : var.invokers)
}

# Its own account, without any role: what the service may do in the project is granted to it by name.
resource "google_service_account" "this" {
  project = var.project_id
  # At most 30 characters, one for each service of each region.
  account_id   = "${substr(var.name, 0, 21)}-${substr(sha256("run/${var.region}/${var.name}"), 0, 8)}"
  display_name = "Cloud Run ${var.name}"
  description  = "What the service ${var.name} in ${var.region} runs as."
}

resource "google_cloud_run_v2_service" "this" {
  project  = var.project_id
  location = var.region
  name     = var.name
  ingress = {
    internal      = "INGRESS_TRAFFIC_INTERNAL_ONLY"
    load_balancer = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
    all           = "INGRESS_TRAFFIC_ALL"
  }[var.ingress]

  # Nothing is kept in a service; approvals guard its destroy.
  deletion_protection = false

  labels = merge(var.labels, { name = var.name })

  template {
    service_account = google_service_account.this.email

    scaling {
      min_instance_count = var.scaling.min
      max_instance_count = var.scaling.max
    }

    containers {
      image = var.image

      resources {
        limits = { cpu = var.cpu, memory = var.memory }
        # Where resources are given the provider's default is CPU that is billed all the time.
        cpu_idle = true
      }

      dynamic "env" {
        for_each = var.env

        content {
          name  = env.key
          value = env.value
        }
      }
    }
  }
}

resource "google_cloud_run_v2_service_iam_member" "invoker" {
  for_each = local.invokers

  project  = var.project_id
  location = google_cloud_run_v2_service.this.location
  name     = google_cloud_run_v2_service.this.name
  role     = "roles/run.invoker"
  member   = each.value
}
