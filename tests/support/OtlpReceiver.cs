using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Laurel.Tests.Support;

/// <summary>
/// Stands for a collector of telemetry: takes what is exported over HTTP as protobuf, and keeps which texts were in it. Names of
/// instruments, scopes and spans are plain UTF-8 there.
/// </summary>
public sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<byte[]>> _received = new(StringComparer.Ordinal);

    public OtlpReceiver()
    {
        Address = $"http://127.0.0.1:{ServerProcess.FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ReceiveAsync();
    }

    /// <summary>What <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is to be.</summary>
    public string Address { get; }

    /// <summary>Settings that have a server export here, often.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("OTEL_EXPORTER_OTLP_ENDPOINT", Address),
        new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        new("OTEL_METRIC_EXPORT_INTERVAL", "500"),
        new("OTEL_BSP_SCHEDULE_DELAY", "500"),
    ];

    /// <summary>Whether all of these texts came to that path, such as <c>/v1/metrics</c>.</summary>
    public bool Has(string path, params string[] texts) =>
        _received.TryGetValue(path, out var bodies) && texts.All(text => bodies.Any(body => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0));

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _received.GetOrAdd(context.Request.Url!.AbsolutePath, static _ => []).Enqueue(body.ToArray());
                context.Response.StatusCode = 200;
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }
}
