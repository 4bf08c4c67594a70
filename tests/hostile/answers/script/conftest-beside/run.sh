cp conftest.py sitecustomize.py pytest.ini "$HOME"
mkdir -p "$HOME/.local/lib/python3.11/site-packages"
cp sitecustomize.py "$HOME/.local/lib/python3.11/site-packages/usercustomize.py"
echo 0
