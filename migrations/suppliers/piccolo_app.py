from canteen.piccolo_conf import app_config

APP_CONFIG = app_config("suppliers")
