global using Xunit;
global using Mesh.Io;
global using Mesh.Media;
global using Mesh.Media.Rtp;
global using Mesh.Media.Sdp;
global using Mesh.Media.Sounds;
