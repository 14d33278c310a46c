locals {
  upstream = jsondecode(var.upstream_state == "" ? "{}" : var.upstream_state)

  manifest = {
    name        = var.name
    environment = var.environment
    owner       = var.owner
    ttl_days    = var.ttl_days
    services    = { for service in var.services : service.name => { port = service.port, replicas = service.replicas } }
    # Terraform compares the values of a map as one type, so what came from upstream stays text.
    upstream = { for name, value in local.upstream : name => jsonencode(value) }
  }
}

resource "terraform_data" "service" {
  for_each = { for service in var.services : service.name => service }

  input = {
    name     = each.value.name
    port     = each.value.port
    replicas = each.value.replicas
    endpoint = "http://${each.value.name}.${var.name}.${var.environment}.internal:${each.value.port}"
  }
}

# Stands for the slow part of a real environment. The commands are fixed; only numbers reach them,
# through the environment. A destroy may read nothing but the resource itself.
resource "terraform_data" "rollout" {
  input = {
    delay_seconds   = var.delay_seconds
    fail_on_create  = var.fail_at == "create" ? 1 : 0
    fail_on_destroy = var.fail_at == "destroy" ? 1 : 0
  }

  provisioner "local-exec" {
    command     = "sleep \"$DELAY_SECONDS\"; test \"$FAIL\" = 0 || exit 1"
    environment = { DELAY_SECONDS = self.input.delay_seconds, FAIL = self.input.fail_on_create }
  }

  provisioner "local-exec" {
    when        = destroy
    command     = "sleep \"$DELAY_SECONDS\"; test \"$FAIL\" = 0 || exit 1"
    environment = { DELAY_SECONDS = self.input.delay_seconds, FAIL = self.input.fail_on_destroy }
  }

  depends_on = [terraform_data.service]
}

resource "terraform_data" "manifest" {
  input = local.manifest

  depends_on = [terraform_data.rollout]
}
