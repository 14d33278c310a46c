variables {
  name = "shop"
}

run "name_alone_is_enough" {
  command = apply

  assert {
    condition     = output.endpoints == { web = "http://web.shop.dev.internal:8080" }
    error_message = "The default service has an endpoint made of its name, the name and the environment."
  }

  assert {
    condition     = output.manifest.ttl_days == 7 && output.manifest.services["web"].replicas == 1
    error_message = "The manifest carries the defaults."
  }
}

run "replicas_change_the_revision" {
  command = apply

  variables {
    services = [{ name = "web", replicas = 3 }]
  }

  assert {
    condition     = output.revision != run.name_alone_is_enough.revision
    error_message = "The revision follows the manifest."
  }

  assert {
    condition     = output.manifest.services["web"].replicas == 3
    error_message = "The manifest carries the new replicas."
  }
}

run "upstream_outputs_reach_the_manifest" {
  command = apply

  variables {
    upstream_state = "{\"revision\":\"abc\",\"zones\":[1,2]}"
  }

  assert {
    condition     = output.manifest.upstream == { revision = "\"abc\"", zones = "[1,2]" }
    error_message = "Every upstream output stands in the manifest as JSON text."
  }
}
