using System.Text.Json;
using System.Text.Json.Serialization;
using Mesh.Dialplan.Calls;
using Mesh.Host.Storage;

namespace Mesh.Host.Records;

/// <summary>Keeps the record of every call: one JSON object a row of the site's database, found by origin id. Signalling loop only.</summary>
public sealed class CallRecords(IStorage storage) : ICdrSink
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Records that found the store full.</summary>
    public long Lost { get; private set; }

    public void Write(CallRecord record)
    {
        if (!storage.TryPost(new StoreCall(record))) Lost++;
    }

    private sealed class StoreCall(CallRecord record) : StorageWork
    {
        public override void Write(SiteDatabase database) =>
            database.Calls.Add(record.OriginId, record.CallId, record.Started.ToUnixTimeMilliseconds(), JsonSerializer.Serialize(record, Json));

        public override void OnStored(bool stored) { }
    }
}
