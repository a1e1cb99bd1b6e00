using System.Text.Json;
using System.Text.Json.Serialization;
using Mesh.Dialplan.Calls;

namespace Mesh.Host.Storage;

/// <summary>A call record as it stands in the database: names and words in camel case. Written by code made when Mesh is built, for one is written at the end of every call.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(CallRecordWord<CallEntry>), typeof(CallRecordWord<AdmissionKind>), typeof(CallRecordWord<HangupCause>)])]
[JsonSerializable(typeof(CallRecord))]
internal sealed partial class CallRecordJson : JsonSerializerContext;

internal sealed class CallRecordWord<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase) where T : struct, Enum;
